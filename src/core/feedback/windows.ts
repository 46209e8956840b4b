/** How long people have after a difference, in full business days of the rep's calendar. Reply windows are a setting. */

/** The calling manager decides about a reply; silence accepts. */
export const DECISION_BUSINESS_DAYS = 10;

/** A second contact is asked, whichever quarter these days fall into. */
export const SECOND_CONTACT_BUSINESS_DAYS = 10;
