import type { TooltipProps } from '@hubspot/ui-extensions';
import { useContext, useEffect } from 'react';
import { AnchorContext } from './overlay-anchor.tsx';

/** Shown while the pointer is over the trigger that carries it, or the trigger has the focus. */
export function Tooltip({ placement = 'top', children }: TooltipProps) {
  const anchor = useContext(AnchorContext);
  const setHasTooltip = anchor?.setHasTooltip;
  useEffect(() => {
    setHasTooltip?.(true);
    return () => setHasTooltip?.(false);
  }, [setHasTooltip]);
  if (anchor === null) throw new Error('Tooltip belongs into the overlay prop of another component');
  return (
    <span
      role="tooltip"
      id={anchor.tooltipId}
      className={`ui-tooltip ui-tooltip-${placement}`}
      hidden={!anchor.active}
    >
      {children}
    </span>
  );
}
