import { useState } from 'react';
import type { ProgramSettings, ProgramView } from './generated/contract-types.ts';
import type { Resource } from './generated/use-resource.ts';
import { useWrite, type Write } from './generated/use-write.ts';

export interface SettingsForm {
  settings: ProgramSettings;
  isChanged: boolean;
  change: (part: Partial<ProgramSettings>) => void;
  save: () => Promise<void>;
  /** What the last save changed, in words; null before one, and once something else is edited. */
  saved: string[] | null;
  write: Write;
}

/** Without what is fixed once check-ins have started: somebody else may have started them while this page was open. */
function stillOpen(edited: Partial<ProgramSettings>, isStarted: boolean): Partial<ProgramSettings> {
  const { fiscalStartMonth, ...others } = edited;
  return isStarted || fiscalStartMonth === undefined ? others : edited;
}

/** The program as it is stored, what was edited on top of it, and the save. The only caller of the backend here. */
export function useSettingsForm(program: ProgramView, resource: Resource<ProgramView>): SettingsForm {
  const [edited, setEdited] = useState<Partial<ProgramSettings>>({});
  const [saved, setSaved] = useState<string[] | null>(null);
  const write = useWrite();
  const edits = stillOpen(edited, program.started);
  const settings = { ...program.settings, ...edits };

  const save = async (): Promise<void> => {
    const reply = await write.run((submissionId) =>
      resource.send('saveProgram', {}, { submissionId, expectedVersion: program.version, settings }),
    );
    if (reply === null) {
      // Somebody else may have saved meanwhile: read the newest version, with the edits still on top.
      resource.reload();
      return;
    }
    setEdited({});
    setSaved(reply.program.history.find(({ version }) => version === reply.program.version)?.changes ?? []);
    resource.replace(reply.program);
  };
  return {
    settings,
    isChanged: Object.keys(edits).length > 0,
    change: (part) => {
      setEdited((before) => ({ ...before, ...part }));
      setSaved(null);
    },
    save,
    saved,
    write,
  };
}
