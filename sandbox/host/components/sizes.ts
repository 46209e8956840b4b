const ALIASES: Readonly<Record<string, string>> = {
  'extra-small': 'xs',
  small: 'sm',
  medium: 'md',
  large: 'lg',
  'extra-large': 'xl',
};

/** HubSpot's size words in their short form: `extra-small` and `xs` are the same. */
export function shortSize(size: string | undefined, fallback: string): string {
  if (size === undefined || size === 'default') return fallback;
  return ALIASES[size] ?? size;
}

/** Joins class names, leaving out what does not apply. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
