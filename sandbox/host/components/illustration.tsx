import type { IconProps, IllustrationProps } from '@hubspot/ui-extensions';
import { ICON_PATHS, UNKNOWN_ICON } from './icon-paths.ts';
import { shortSize } from './sizes.ts';

const PICTURES: Readonly<Record<string, string>> = {
  empty: 'M20 70h80M32 70V34l28-16 28 16v36M48 70V50h24v20M60 30v8',
  error: 'M60 20a36 36 0 1 0 .1 0M60 38v26M60 74v2',
  lock: 'M36 52h48v32H36zM44 52V40a16 16 0 0 1 32 0v12M60 64v8',
};

/** Our own line drawing: the pictures of HubSpot's product are not ours to show. */
export function Picture({ kind, width, alt }: { kind: string; width: number; alt?: string }) {
  return (
    <svg
      viewBox="0 0 120 96"
      width={width}
      className="ui-picture"
      {...(alt === undefined || alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt })}
    >
      <ellipse cx="60" cy="80" rx="50" ry="8" className="ui-picture-ground" />
      <path d={PICTURES[kind] ?? PICTURES['empty']} className="ui-picture-line" />
    </svg>
  );
}

export function Illustration({ name, alt, width, height }: IllustrationProps) {
  const kind = name === 'lock' ? 'lock' : name.startsWith('error') ? 'error' : 'empty';
  return <Picture kind={kind} width={width ?? height ?? 160} alt={alt} />;
}

const ICON_SIZES: Readonly<Record<string, number>> = { sm: 12, md: 16, lg: 24 };

export function Icon({ name, color = 'inherit', size, screenReaderText }: IconProps) {
  const pixels = ICON_SIZES[shortSize(size, 'md')] ?? 16;
  return (
    <span className={`ui-icon ui-icon-${color}`}>
      <svg viewBox="0 0 16 16" width={pixels} height={pixels} aria-hidden="true">
        <path d={ICON_PATHS[name] ?? UNKNOWN_ICON} />
      </svg>
      {screenReaderText !== undefined && <span className="ui-visually-hidden">{screenReaderText}</span>}
    </span>
  );
}
