/** Titles and notes of conversations, as busy reps write them. */
export const callTopics: readonly { title: string; body: string }[] = [
  { title: 'Reorder', body: 'Reorder for next month confirmed. Same quantities, dock 2.' },
  {
    title: 'Quarterly review',
    body: 'Went through the order history. Happy with fill rate, asked about freight.',
  },
  { title: 'Delivery window', body: 'They would like deliveries before 10. Checking with the warehouse.' },
  { title: 'New line', body: 'New line starts in spring. Will need samples of the heavier grade.' },
  {
    title: 'Price question',
    body: 'Asked about the surcharge. Sent the current list, will call back Friday.',
  },
  { title: 'Backorder', body: 'Explained the backorder, partial shipment goes out this week.' },
  { title: 'Samples', body: 'Samples arrived. Production tests them on the second shift.' },
  { title: 'Invoice', body: 'Invoice had the old PO number. Accounting sends a corrected copy.' },
  {
    title: 'Annual agreement',
    body: 'Talked about renewing the agreement. They want to see three year terms.',
  },
  { title: 'Checking in', body: 'All running well. New buyer starts in two weeks, will introduce us.' },
  { title: 'Training', body: 'Operators need a refresher on the applicator. Offered a morning on site.' },
  { title: 'Return', body: 'Two pallets damaged in transit. Pickup arranged, credit to follow.' },
];

export const meetingTopics: readonly { title: string; body: string }[] = [
  { title: 'Site visit', body: 'Walked the floor with the shift lead. Two ideas for less waste.' },
  { title: 'Quarterly business review', body: 'Usage, open items, outlook for the next quarter.' },
  { title: 'Plant tour', body: 'Saw the new line. Took measurements for the dispenser.' },
  { title: 'Planning session', body: 'Forecast for the next two quarters.' },
  { title: 'Product demo', body: 'Showed the new grade. Good questions on curing time.' },
];

export const emailSubjects: readonly string[] = [
  'Your order confirmation',
  'Updated price list',
  'Delivery on Thursday',
  'Samples on the way',
  'Following up on our call',
  'Quote as discussed',
  'Safety data sheets',
  'Holiday shipping schedule',
];

export const noteBodies: readonly string[] = [
  'Prefers calls before noon.',
  'Dock closes at 3 pm on Fridays.',
  'Forklift access only from the north gate.',
  'Budget year starts in July.',
  'Uses about four pallets a month.',
  'Competitor quoted in spring, stayed with us for service.',
];

export const taskSubjects: readonly string[] = [
  'Send quote',
  'Call back about delivery',
  'Check stock for reorder',
  'Send samples',
  'Prepare review',
  'Ask about new line',
];
