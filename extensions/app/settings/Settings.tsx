import { Accordion, Alert, Flex, LoadingButton, StepIndicator, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { Advanced } from './Advanced.tsx';
import type { ProgramView } from './generated/contract-types.ts';
import type { Host } from './generated/host.ts';
import { History } from './History.tsx';
import { Leave } from './generated/Leave.tsx';
import { LoadFailed, Loading, WriteFailed } from './generated/LoadStates.tsx';
import { Reload } from './generated/reload.ts';
import { useRefresh } from './generated/use-refresh.ts';
import { useProgram, type Resource } from './generated/use-resource.ts';
import { SETTINGS } from './generated/wording-pages.ts';
import { HowOften } from './HowOften.tsx';
import { HowOpen } from './HowOpen.tsx';
import { LookBeforeStart } from './LookBeforeStart.tsx';
import { MethodPanels } from './MethodPanels.tsx';
import { useSettingsForm } from './use-settings.ts';
import { WhoCallsWhom, WhoIsCustomer } from './WhoSteps.tsx';

/** How often a first scan that is still under way is looked at again. */
const READ_AGAIN_MS = 3_000;
const HOW_OPEN = 3;
const LAST = 4;

/** The first step that still asks for something: who only listens has nothing to announce. */
export function currentStep({ settings, announcement }: ProgramView): number {
  if (settings.openness === 'listeningOnly') return LAST;
  return settings.openness === null || announcement === null ? HOW_OPEN : LAST;
}

interface Props {
  program: ProgramView;
  resource: Resource<ProgramView>;
  locale: string;
  appId: number | string | undefined;
}

function Steps({ program, resource, locale, appId }: Props) {
  const form = useSettingsForm(program, resource);
  const [step, setStep] = useState(() => currentStep(program));
  const { settings, change, isChanged, write } = form;
  const parts = { program, settings, locale, onChange: change };
  const contents = [
    <WhoCallsWhom key="who" {...parts} />,
    <WhoIsCustomer key="customer" {...parts} />,
    <HowOften key="often" {...parts} />,
    <HowOpen
      key="open"
      {...parts}
      resource={resource}
      primary={!isChanged && settings.openness !== null && step === HOW_OPEN}
    />,
    <LookBeforeStart
      key="look"
      program={program}
      resource={resource}
      locale={locale}
      primary={!isChanged && step === LAST}
      appId={appId}
    />,
  ];
  return (
    <Flex direction="column" gap="md">
      {/* No step counts as done before one that still asks for something, whichever is open. */}
      <StepIndicator
        stepNames={SETTINGS.steps}
        currentStep={Math.min(step, currentStep(program))}
        onClick={setStep}
      />
      {SETTINGS.steps.map((title, index) => (
        <Accordion
          key={title}
          title={`${String(index + 1)}. ${title}`}
          open={step === index}
          onClick={() => {
            setStep(index);
          }}
        >
          {contents[index]}
        </Accordion>
      ))}
      <Accordion title={SETTINGS.advanced} size="sm">
        <Advanced {...parts} />
        <History program={program} locale={locale} />
      </Accordion>
      <WriteFailed failure={write.failure} />
      {form.saved === null ? null : (
        <Alert title={SETTINGS.saved} variant="success">
          {form.saved.length === 0 ? SETTINGS.nothingChanged : form.saved.join(' ')}
        </Alert>
      )}
      {isChanged ? (
        <Flex direction="row">
          <LoadingButton variant="primary" loading={write.busy} onClick={form.save}>
            {SETTINGS.save}
          </LoadingButton>
        </Flex>
      ) : null}
      <Leave
        leave={program.leave}
        reps={program.reps}
        today={program.today}
        locale={locale}
        send={resource.send}
        onChanged={resource.reload}
      />
      <MethodPanels program={program} locale={locale} />
    </Flex>
  );
}

/** The settings: five steps, each with its default, and nothing written to HubSpot before the start. */
export function Settings({ host, appId }: { host: Host; appId?: number | string | undefined }) {
  const resource = useProgram();
  const { loaded, reload } = resource;
  const isReading = loaded.status === 'ready' && loaded.value.dryRun.state === 'reading';
  useRefresh(isReading, reload, READ_AGAIN_MS);
  if (loaded.status === 'loading') return <Loading />;
  if (loaded.status === 'failed') {
    if (loaded.failure.code === 'forbidden') return <Text>{SETTINGS.adminsOnly}</Text>;
    return <LoadFailed failure={loaded.failure} host={host} retry={reload} />;
  }
  return (
    <Reload.Provider value={reload}>
      <Steps program={loaded.value} resource={resource} locale={host.locale} appId={appId} />
    </Reload.Provider>
  );
}
