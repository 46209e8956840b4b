import type { AccountKind } from './portal-truth.ts';

/** What customers say when asked for one thing. `{rep}` is the first name of the rep who serves them. */
export const answersByKind: Readonly<Record<AccountKind, readonly string[]>> = {
  wellServed: [
    'Honestly, not much. {rep} picks up the phone, and if not I hear back the same day.',
    'If the truck could come before ten, my second shift would thank you. Otherwise we are happy.',
    'Your invoices. Three lines for one item, every time. The people are great.',
    '{rep} knows our plant better than some of our own folks. Keep that.',
    'A heads-up when something is backordered. I would rather know on Monday than on the dock.',
    'Send somebody to show the new people how the dispenser works. {rep} did it once and it helped.',
    'I would like to see the price changes a month ahead, so I can plan.',
    'Smaller minimums on the specialty grade. We do not need a whole pallet.',
    'You are doing fine. Call me again in spring, that is when we plan.',
    'The web shop is slow, so I just call {rep}. Fix the shop, but leave me {rep}.',
    'Fewer emails from marketing. When I need something I call {rep}.',
    'Two deliveries a week instead of one, if that does not cost me more.',
  ],
  underLogged: [
    '{rep} stops by all the time, so I have nothing to complain about.',
    'We talk every other week. Maybe put the answers in writing more often.',
    '{rep} was here Tuesday and fixed it on the spot. Cannot ask for better.',
    'Just keep {rep} on our account. And look at the freight charges.',
    'I have the cell number and use it. Some days twice. That works for me.',
  ],
  forgetful: [
    'I would have to think. It has been a while since anybody called, I believe.',
    'We have been so busy with the move. Could not tell you when we last talked.',
    'Somebody should call more often. Then again, I am hard to reach.',
    'I get a lot of calls. Cannot say I remember yours, no offense.',
  ],
  anotherContact: [
    'I only see the invoices. The people on the floor would know.',
    'Put the purchase order number on every invoice and I am happy. Nobody has called me in ages.',
    'I am not the one who talks with your people. Ask operations.',
  ],
  changedJobs: ['I left that job in the fall. You want whoever runs purchasing there now.'],
  inherited: [
    'Your previous rep was great; {rep} has picked it up well so far.',
    'Introduce the new person properly, with a visit. We build on people here.',
    'We just got used to somebody new. Leave {rep} with us for a few years.',
  ],
  quiet: [
    'A call now and then. I cannot remember the last one, it was before summer.',
    'We order, you deliver. It would be nice to see a face once in a while.',
    'Tell me what is new. I only find out when I look at the catalog.',
  ],
  unsure: [
    'Hard to say. My colleague was on the phone with somebody, or maybe that was another supplier.',
    'I am new in this chair, so I am not sure what was agreed before me.',
  ],
  neverServed: [
    'In order to provide me better service, you would have to get a salesperson from your company to call on me.',
  ],
};
