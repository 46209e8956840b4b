/* eslint-disable @typescript-eslint/no-deprecated -- an extension may still send what HubSpot has deprecated */
import type { DropdownButtonItemProps, DropdownProps } from '@hubspot/ui-extensions';
import {
  createContext,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { OverlayAnchor } from './overlay-anchor.tsx';
import { useReactions } from './overlay-store.ts';
import { callRemote, plainEvent } from './remote-call.ts';
import { shortSize } from './sizes.ts';

const CloseMenuContext = createContext<() => void>(() => undefined);

/** A menu button: arrows, Home and End move, Esc and a click outside close and give the focus back. */
export function Dropdown({
  variant = 'secondary',
  buttonText,
  buttonSize,
  disabled,
  options = [],
  children,
}: DropdownProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  useCloseOutside(root, isOpen, () => setOpen(false));
  useEffect(() => {
    if (isOpen) itemsOf(root.current)[0]?.focus();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div ref={root} className="ui-dropdown" onKeyDown={(event) => onMenuKey(event, isOpen, setOpen, close)}>
      <button
        ref={button}
        type="button"
        className={`ui-button ui-button-${variant} ui-size-${shortSize(buttonSize, 'md')}`}
        disabled={disabled}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={menuId}
        onClick={() => setOpen(!isOpen)}
      >
        {buttonText}
        <span className="ui-caret" aria-hidden="true" />
      </button>
      {/* The items stay mounted: a closed menu must not take an open modal of its items along. */}
      <div id={menuId} role="menu" className="ui-menu" aria-label={buttonText} hidden={!isOpen}>
        <CloseMenuContext.Provider value={close}>
          {options.map((option) => (
            <DropdownButtonItem key={option.label} onClick={() => option.onClick?.()}>
              {option.label}
            </DropdownButtonItem>
          ))}
          {children}
        </CloseMenuContext.Provider>
      </div>
    </div>
  );
}

export function DropdownButtonItem({ onClick, overlay, children }: DropdownButtonItemProps) {
  const closeMenu = useContext(CloseMenuContext);
  const reactions = useReactions();
  return (
    <OverlayAnchor overlay={overlay}>
      {({ openOverlay }) => (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="ui-menu-item"
          onClick={(event) => {
            closeMenu();
            openOverlay();
            callRemote(onClick, plainEvent(event), reactions);
          }}
        >
          {children}
        </button>
      )}
    </OverlayAnchor>
  );
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

function onMenuKey(
  event: KeyboardEvent<HTMLElement>,
  isOpen: boolean,
  setOpen: (open: boolean) => void,
  close: () => void,
) {
  if (!isOpen) {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      setOpen(true);
    }
    return;
  }
  const items = itemsOf(event.currentTarget);
  const current = items.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    Home: 0,
    End: items.length - 1,
  };
  const step = steps[event.key];
  if (step !== undefined) {
    event.preventDefault();
    items.at(step % items.length)?.focus();
  } else if (event.key === 'Escape') {
    event.stopPropagation();
    event.preventDefault();
    close();
  } else if (event.key === 'Tab') setOpen(false);
}

/** Closes when the pointer goes down anywhere else. */
export function useCloseOutside(root: RefObject<HTMLElement>, isOpen: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) latest.current();
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen, root]);
}
