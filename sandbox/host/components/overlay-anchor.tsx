import {
  createContext,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { OverlayStoreContext } from './overlay-store.ts';

/** What an overlay learns about the button, link or tag that carries it. */
interface Anchor {
  /** Modals and panels say their id, so that a click can open them. */
  register: (id: string) => () => void;
  /** The pointer is over the trigger or the trigger has the focus: a tooltip shows. */
  active: boolean;
  tooltipId: string;
  setHasTooltip: (has: boolean) => void;
}

export const AnchorContext = createContext<Anchor | null>(null);

export interface TriggerProps {
  /** Opens the modal or panel given in `overlay`, if there is one. */
  openOverlay: () => void;
  describedBy: string | undefined;
}

interface Props {
  overlay: ReactNode;
  children: (trigger: TriggerProps) => ReactNode;
}

/** A trigger with the overlay given in its `overlay` prop: a modal or panel opened by a click, or a tooltip. */
export function OverlayAnchor({ overlay, children }: Props) {
  const store = useContext(OverlayStoreContext);
  const ids = useRef(new Set<string>());
  const [active, setActive] = useState(false);
  const [hasTooltip, setHasTooltip] = useState(false);
  const tooltipId = useId();
  const anchor = useMemo<Anchor>(
    () => ({ register: (id) => registerIn(ids.current, id), active, tooltipId, setHasTooltip }),
    [active, tooltipId],
  );
  const openOverlay = () => {
    for (const id of ids.current) store.open(id);
  };
  if (overlay === undefined || overlay === null) return children({ openOverlay, describedBy: undefined });
  return (
    <span className="ui-anchor">
      <span
        className="ui-anchor"
        onMouseEnter={() => setActive(true)}
        onMouseLeave={() => setActive(false)}
        onFocus={() => setActive(true)}
        onBlur={() => setActive(false)}
        onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && setActive(false)}
      >
        {children({ openOverlay, describedBy: hasTooltip ? tooltipId : undefined })}
      </span>
      <AnchorContext.Provider value={anchor}>{overlay}</AnchorContext.Provider>
    </span>
  );
}

function registerIn(ids: Set<string>, id: string): () => void {
  ids.add(id);
  return () => {
    ids.delete(id);
  };
}

/** Lets a click on the surrounding trigger open the overlay with this id. */
export function useAnchored(id: string): void {
  const anchor = useContext(AnchorContext);
  const register = anchor?.register;
  useEffect(() => register?.(id), [register, id]);
}
