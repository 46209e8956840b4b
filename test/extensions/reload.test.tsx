import { Alert, Dropdown, TextArea } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { finding, managerView, promise, repView, savedCheckIn } from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, hasButton, openCard, textOf } from './support/surface.tsx';

let backend: FakeBackend;
const CONFLICT = {
  code: 'conflict',
  message: 'This check-in is closed already.',
  hint: 'Reload to see how it stands.',
};

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getFinding', { finding: finding() });
});

const reads = () => backend.calls.filter(({ name }) => name === 'getCompany').length;

describe('a write that came too late', () => {
  it('has a button that reads the card again, and keeps the words typed', async () => {
    backend.answer('getCompany', managerView());
    backend.react('recordAttempt', () => ({ status: 409, body: CONFLICT }));
    const card = await openCard();
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Send it on Mondays.' as never);
    card.find(Dropdown.ButtonItem, (item) => item.text === 'No answer').trigger('onClick');
    await card.waitFor(() => {
      expect(textOf(card)).toContain('This check-in is closed already.');
    });
    const before = reads();

    click(button(card, 'Reload'));
    await card.waitFor(() => {
      expect(reads()).toBe(before + 1);
    });

    expect(card.find(TextArea, { name: 'words' }).props.value).toBe('Send it on Mondays.');
    expect(card.findAll(Alert).map(({ props }) => props.title)).not.toContain('Not saved yet');
  });

  it('has it on the rep’s card, too', async () => {
    backend.answer('getCompany', repView({ promises: [promise()] }));
    backend.react('settlePromise', () => ({ status: 409, body: CONFLICT }));
    const card = await openCard();
    click(button(card, 'Mark promise kept: Visit the plant'));
    await card.waitFor(() => {
      expect(hasButton(card, 'Reload')).toBe(true);
    });
    const before = reads();

    click(button(card, 'Reload'));

    await card.waitFor(() => {
      expect(reads()).toBe(before + 1);
      expect(hasButton(card, 'Reload')).toBe(false);
    });
  });

  it('says it again where it comes too late again', async () => {
    const saved = savedCheckIn({ undoUntil: null, findingId: null });
    backend.answer('getCompany', managerView({ state: 'done', saved, openPromises: [promise()] }));
    backend.react('settlePromise', () => ({ status: 409, body: CONFLICT }));
    const card = await openCard();
    const late = async (): Promise<void> => {
      click(button(card, 'Mark kept: Visit the plant'));
      await card.waitFor(() => {
        expect(hasButton(card, 'Reload')).toBe(true);
      });
    };
    await late();
    click(button(card, 'Reload'));
    await card.waitFor(() => {
      expect(hasButton(card, 'Reload')).toBe(false);
    });

    await late();

    expect(hasButton(card, 'Reload')).toBe(true);
  });

  it('has none where trying again is the way on', async () => {
    backend.answer('getCompany', repView({ promises: [promise()] }));
    backend.react('settlePromise', () => 'rejects');
    const card = await openCard();

    click(button(card, 'Mark promise kept: Visit the plant'));
    await card.waitFor(() => {
      expect(textOf(card)).toContain('No answer came back.');
    });

    expect(hasButton(card, 'Reload')).toBe(false);
  });
});
