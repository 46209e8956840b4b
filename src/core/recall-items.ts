import { COUNT_BANDS, RECENCY_BANDS } from './model.ts';
import { COUNT_LABELS, COUNT_QUESTION, RECALL_INTRO, RECENCY_LABELS, RECENCY_QUESTION } from './wording.ts';

/** The two questions about contact, each with all its answers. */
export const RECALL_ITEMS = {
  intro: RECALL_INTRO,
  recency: {
    question: RECENCY_QUESTION,
    options: RECENCY_BANDS.map((value) => ({ value, label: RECENCY_LABELS[value] })),
  },
  count: {
    question: COUNT_QUESTION,
    options: COUNT_BANDS.map((value) => ({ value, label: COUNT_LABELS[value] })),
  },
};
