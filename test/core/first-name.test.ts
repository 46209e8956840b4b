import { describe, expect, it } from '@jest/globals';
import * as inExtensions from '../../extension-kit/first-name.ts';
import { firstName } from '../../src/core/first-name.ts';
import { addedMeanwhile, differenceNextStep } from '../../src/core/finding-wording.ts';
import { conversationGuide } from '../../src/core/pattern-wording.ts';
import { greeting, spokeText } from '../../src/core/wording.ts';

const NAMES: readonly (readonly [string, string])[] = [
  ['Dana Ruiz', 'Dana'],
  ['  Dana \t Ruiz ', 'Dana'],
  ['Jean-Pierre de la Tour', 'Jean-Pierre'],
  ['Dana van der Berg', 'Dana'],
  ['Cher', 'Cher'],
  ['', ''],
  [' \u3000 ', ''],
  ['van der Berg', 'van der Berg'],
  ['de la Cruz', 'de la Cruz'],
  ['Van der Berg', 'Van der Berg'],
  ['De la Cruz', 'De la Cruz'],
  ['Van Nguyen', 'Van'],
  ['Li Wei', 'Li'],
  ['Dr. Ana Lopez', 'Dr. Ana Lopez'],
  ['J. R. Ewing', 'J. R. Ewing'],
  ['Ruiz, Dana', 'Ruiz, Dana'],
  ['田中太郎', '田中太郎'],
  ['田中\u3000太郎', '田中 太郎'],
  ['김 민준', '김 민준'],
  ['さくら 山本', 'さくら 山本'],
  ['Олег Иванов', 'Олег'],
  ['دانا رويز', 'دانا'],
  ['ana@acme.example.com', 'ana@acme.example.com'],
  ['your colleague', 'your colleague'],
  ['A colleague', 'A colleague'],
  ['The rep', 'The rep'],
  ['Owner 77', 'Owner 77'],
];

describe('what a person is called in a sentence', () => {
  it.each(NAMES)('is, of “%s”, “%s”', (name, called) => {
    expect([firstName(name), inExtensions.firstName(name)]).toEqual([called, called]);
  });
});

describe('a sentence with a name', () => {
  it('begins a call without the names it does not know', () => {
    const said = ' I’m not selling anything. I have one question.';

    expect(greeting('Dana Ruiz', 'Ana Lopez')).toBe(`Hi Dana, this is Ana.${said}`);
    expect(greeting(' ', 'your colleague')).toBe(`Hi, this is your colleague.${said}`);
    expect(greeting(null, ' ')).toBe(`Hi.${said}`);
  });

  it('names a family by its whole name', () => {
    const spoke = spokeText({ name: 'van der Berg' }, '2026-06-01', '2026-08-12');
    const names = { repName: 'van der Berg', managerName: 'Ana Lopez', secondManagerName: null };

    expect(conversationGuide(names)[1]).toBe('Begin with what van der Berg’s customers praised.');
    expect(spoke).toBe('van der Berg spoke with them in June');
  });

  it('calls a rep of unknown name the rep', () => {
    const readers = {
      severity: 2,
      isOpen: true,
      repName: null,
      replyUntil: '2026-08-19',
      readerIsRep: false,
    };
    const step = differenceNextStep({ ...readers, verdict: 'DIFFERS_FIRM', secondContactName: null });

    expect(step).toBe('The rep sees this first and can reply until Aug 19. Nothing to do now.');
    expect(addedMeanwhile(null, true).message).toBe('The rep added something while you were reading.');
  });
});
