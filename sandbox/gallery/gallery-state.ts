import type { EndpointName } from '../../src/http/endpoints.ts';

/** Where an extension stands: the company record's tab and sidebar, the app's home page and its settings. */
export const SURFACES = ['tab', 'sidebar', 'home', 'settings'] as const;
export type GallerySurface = (typeof SURFACES)[number];

export const VIEWER_ROLES = ['manager', 'rep', 'admin', 'viewer'] as const;
export type GalleryRole = (typeof VIEWER_ROLES)[number];

/** What stands in the backend's place for one endpoint. */
export type GalleryAnswer =
  /** A reply of ours; refused where the contract would not allow it. */
  | { readonly kind: 'reply'; readonly body: unknown }
  /** An error of ours, in the contract's form. */
  | { readonly kind: 'refusal'; readonly status: number; readonly body: unknown }
  /** What a proxy or HubSpot itself puts in our place. */
  | { readonly kind: 'foreign'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'broken connection' };

/** What the gallery's page is told of a state. */
export type GalleryScene = {
  /** Stands in the address and names the picture. */
  readonly id: string;
  readonly title: string;
  readonly surface: GallerySurface;
  readonly role: GalleryRole;
  /** Must be read on the surface once it stands. */
  readonly says: string;
  /** Labels of buttons that are pressed one after the other, as a person would. */
  readonly press: readonly string[];
  readonly locale: string;
  /** May connect apps, as HubSpot's permissions say. */
  readonly canConnectApps: boolean;
};

export type GalleryState = GalleryScene & {
  readonly answers: Partial<Record<EndpointName, GalleryAnswer>>;
};

type Details = Partial<Pick<GalleryState, 'press' | 'locale' | 'canConnectApps' | 'answers'>>;

/** A maker of states of one surface for one kind of viewer. */
export function statesOf(surface: GallerySurface, role: GalleryRole) {
  return (id: string, title: string, says: string, details: Details = {}): GalleryState => ({
    id,
    title,
    surface,
    role,
    says,
    press: [],
    locale: 'en-US',
    canConnectApps: role === 'admin',
    answers: {},
    ...details,
  });
}

export const reply = (body: unknown): GalleryAnswer => ({ kind: 'reply', body });

/** The answers of a card that reads this company; the contract checks them when they are asked for. */
export const company = (view: { readonly role: string }, more: GalleryState['answers'] = {}) => ({
  answers: { getCompany: reply(view), ...more },
});
