// Copied from extension-kit/reload.ts, by `npm run generate`. Do not edit.
import { createContext } from 'react';

/** Reads again what stands on the surface; what was typed stays. Null where there is nothing to read again. */
export const Reload = createContext<(() => void) | null>(null);
