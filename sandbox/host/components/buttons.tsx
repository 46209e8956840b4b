import type { ButtonProps, ButtonRowProps, LinkProps, LoadingButtonProps } from '@hubspot/ui-extensions';
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { OverlayAnchor, type TriggerProps } from './overlay-anchor.tsx';
import { useReactions } from './overlay-store.ts';
import { callRemote, plainEvent } from './remote-call.ts';
import { classes, shortSize } from './sizes.ts';

type Href = ButtonProps['href'];

/** A link leaves the page in a new tab, except for phone numbers and mail addresses. */
export function linkTarget(href: NonNullable<Href>): { href: string; target?: string; rel?: string } {
  const url = typeof href === 'string' ? href : href.url;
  if (/^(tel|mailto|sms):/.test(url)) return { href: url };
  return { href: url, target: '_blank', rel: 'noreferrer' };
}

export function Button(props: ButtonProps) {
  return (
    <OverlayAnchor overlay={props.overlay}>
      {(trigger) => <ButtonElement {...props} trigger={trigger} content={props.children} opensOnClick />}
    </OverlayAnchor>
  );
}

/** Keeps its place and its focus while loading; its overlay may wait for the end of it. */
export function LoadingButton({ loading = false, overlayOptions, ...props }: LoadingButtonProps) {
  const waits = overlayOptions?.openBehavior === 'onLoadingFinish';
  return (
    <OverlayAnchor overlay={props.overlay}>
      {(trigger) => (
        <>
          {waits && <OpenWhenLoaded loading={loading} open={trigger.openOverlay} />}
          <ButtonElement
            {...props}
            trigger={trigger}
            opensOnClick={!waits}
            busy={loading}
            content={
              <>
                {loading && <span className="ui-spinner ui-spinner-inline" aria-hidden="true" />}
                {props.children}
              </>
            }
          />
        </>
      )}
    </OverlayAnchor>
  );
}

function OpenWhenLoaded({ loading, open }: { loading: boolean; open: () => void }) {
  const was = useRef(loading);
  useEffect(() => {
    if (was.current && !loading) open();
    was.current = loading;
  });
  return null;
}

interface ElementProps extends ButtonProps {
  trigger: TriggerProps;
  content: ReactNode;
  opensOnClick: boolean;
  busy?: boolean;
}

function ButtonElement(props: ElementProps) {
  const {
    variant = 'secondary',
    size,
    type = 'button',
    href,
    disabled,
    truncate,
    trigger,
    content,
    busy,
  } = props;
  const reactions = useReactions();
  const className = classes(
    `ui-button ui-button-${variant} ui-size-${shortSize(size, 'md')}`,
    truncate === true && 'ui-truncate',
  );
  const onClick = (event: MouseEvent) => {
    if (busy === true) {
      event.preventDefault();
      return;
    }
    if (props.opensOnClick) trigger.openOverlay();
    callRemote(props.onClick, plainEvent(event), reactions);
  };
  if (href !== undefined && disabled !== true) {
    return (
      <a className={className} {...linkTarget(href)} aria-describedby={trigger.describedBy} onClick={onClick}>
        {content}
      </a>
    );
  }
  return (
    <button
      type={type}
      className={className}
      disabled={disabled}
      aria-busy={busy}
      aria-disabled={busy}
      aria-describedby={trigger.describedBy}
      onClick={onClick}
    >
      {content}
    </button>
  );
}

export function ButtonRow({ children }: ButtonRowProps) {
  return <div className="ui-row ui-wrap ui-gap-sm ui-align-center">{children}</div>;
}

export function Link({ href, variant = 'primary', onClick, preventDefault, overlay, children }: LinkProps) {
  const reactions = useReactions();
  const className = `ui-link ui-link-${variant}`;
  const url = typeof href === 'string' ? href : href.url;
  // A link without a target acts: for assistive technology that is a button.
  const acts =
    (url === '' || url === '#' || preventDefault === true) && (onClick !== undefined || overlay != null);
  return (
    <OverlayAnchor overlay={overlay}>
      {({ openOverlay, describedBy }) => {
        const click = (event: MouseEvent) => {
          if (preventDefault === true || overlay != null) event.preventDefault();
          openOverlay();
          callRemote(onClick, plainEvent(event), reactions);
        };
        return acts ? (
          <button
            type="button"
            className={`ui-plain ${className}`}
            aria-describedby={describedBy}
            onClick={click}
          >
            {children}
          </button>
        ) : (
          <a className={className} {...linkTarget(href)} aria-describedby={describedBy} onClick={click}>
            {children}
          </a>
        );
      }}
    </OverlayAnchor>
  );
}
