/** What a framed state says to the gallery's page around it. */
export const HEIGHT_MESSAGE = 'gallery height';

export interface HeightMessage {
  kind: typeof HEIGHT_MESSAGE;
  id: string;
  height: number;
}

/** A panel covers its window, so a frame with an open one must be high enough to show it. */
export const OVERLAY_HEIGHT_PX = 760;

/** True where a message of the window is a state's height. */
export function isHeightMessage(value: unknown): value is HeightMessage {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === HEIGHT_MESSAGE;
}
