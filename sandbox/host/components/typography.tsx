import type {
  HeadingProps,
  ImageProps,
  ListProps,
  StatusTagProps,
  TagProps,
  TextProps,
} from '@hubspot/ui-extensions';
import { Children, type ReactElement } from 'react';
import { OverlayAnchor } from './overlay-anchor.tsx';
import { useReactions } from './overlay-store.ts';
import { callRemote, plainEvent } from './remote-call.ts';
import { classes } from './sizes.ts';

export function Heading({ inline, children }: HeadingProps) {
  return <h3 className={classes('ui-heading', inline === true && 'ui-inline')}>{children}</h3>;
}

export function Text({ variant = 'bodytext', inline, format = {}, truncate, children }: TextProps) {
  const className = classes(
    'ui-text',
    variant === 'microcopy' && 'ui-microcopy',
    format.fontWeight !== undefined && `ui-weight-${format.fontWeight}`,
    format.italic === true && 'ui-italic',
    format.lineDecoration !== undefined && `ui-line-${format.lineDecoration}`,
    format.textTransform !== undefined && `ui-transform-${format.textTransform}`,
    truncate !== undefined && truncate !== false && 'ui-truncate',
  );
  const options = typeof truncate === 'object' ? truncate : {};
  const style = options.maxWidth === undefined ? {} : { style: { maxWidth: options.maxWidth } };
  // A Text may stand inside a Text, which a p element may not.
  const Element = inline === true ? 'span' : 'div';
  return (
    <Element className={className} title={options.tooltipText} {...style}>
      {children}
    </Element>
  );
}

export function List({ variant = 'unordered', children }: ListProps) {
  const Element = variant.startsWith('ordered') ? 'ol' : 'ul';
  return (
    <Element className={`ui-list ui-list-${variant}`}>
      {Children.map(children, (child) => (
        <li key={(child as ReactElement | null)?.key}>{child}</li>
      ))}
    </Element>
  );
}

export function Tag({ variant = 'default', inline, onClick, overlay, children }: TagProps) {
  const reactions = useReactions();
  const className = classes(`ui-tag ui-tag-${variant}`, inline === true && 'ui-inline');
  const clickable = onClick !== undefined;
  return (
    <OverlayAnchor overlay={overlay}>
      {({ openOverlay, describedBy }) =>
        clickable || overlay != null ? (
          <button
            type="button"
            className={className}
            aria-describedby={describedBy}
            onClick={(event) => {
              openOverlay();
              callRemote(onClick, plainEvent(event), reactions);
            }}
          >
            {children}
          </button>
        ) : (
          <span className={className}>{children}</span>
        )
      }
    </OverlayAnchor>
  );
}

export function StatusTag({
  variant = 'default',
  hollow,
  onClick,
  showRemoveIcon,
  onRemoveClick,
  children,
}: StatusTagProps) {
  const className = classes(`ui-status ui-status-${variant}`, hollow === true && 'ui-hollow');
  return (
    <span className={className}>
      <span className="ui-status-dot" aria-hidden="true" />
      {onClick === undefined ? (
        <span>{children}</span>
      ) : (
        <button type="button" className="ui-plain" onClick={() => callRemote(onClick)}>
          {children}
        </button>
      )}
      {showRemoveIcon === true && (
        <button
          type="button"
          className="ui-plain"
          aria-label="Remove"
          onClick={() => callRemote(onRemoveClick)}
        >
          ×
        </button>
      )}
    </span>
  );
}

export function Image({ src, alt = '', width, height, href, onClick, overlay }: ImageProps) {
  const reactions = useReactions();
  const picture = <img src={src} alt={alt} width={width} height={height} className="ui-image" />;
  if (href !== undefined) {
    return (
      <a href={typeof href === 'string' ? href : href.url} target="_blank" rel="noreferrer">
        {picture}
      </a>
    );
  }
  return (
    <OverlayAnchor overlay={overlay}>
      {({ openOverlay, describedBy }) =>
        onClick === undefined && overlay == null ? (
          picture
        ) : (
          <button
            type="button"
            className="ui-plain"
            aria-describedby={describedBy}
            onClick={(event) => {
              openOverlay();
              callRemote(onClick, plainEvent(event), reactions);
            }}
          >
            {picture}
          </button>
        )
      }
    </OverlayAnchor>
  );
}
