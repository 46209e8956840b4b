import { Accordion, Flex, Link, LoadingButton } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './generated/backend.ts';
import { BASE_URL } from './generated/base-url.ts';
import type { ExportReply, HomeView } from './generated/contract-types.ts';
import { WriteFailed } from './generated/LoadStates.tsx';
import { useWrite } from './generated/use-write.ts';
import { EXPORTS } from './generated/wording-method.ts';
import { FAILURES } from './generated/wording.ts';

type Kind = HomeView['exports'][number];

function Export({ kind, locale, send }: { kind: Kind; locale: string; send: Send }) {
  const [link, setLink] = useState<ExportReply | null>(null);
  const write = useWrite();
  const make = async (): Promise<void> => {
    setLink(await write.run((submissionId) => send('createExport', {}, { submissionId, kind })));
  };
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row" gap="sm" align="center">
        <LoadingButton variant="secondary" size="xs" loading={write.busy} onClick={make}>
          {EXPORTS[kind]}
        </LoadingButton>
        {link === null ? null : (
          <Link href={{ url: BASE_URL + link.path, external: true }}>
            {EXPORTS.download(link.expiresAt, locale)}
          </Link>
        )}
      </Flex>
      <WriteFailed failure={write.failure} title={FAILURES.exportTitle} />
    </Flex>
  );
}

/** What the reader may take out of the app, folded: the file comes by a link that works once. */
export function Exports({ kinds, locale, send }: { kinds: Kind[]; locale: string; send: Send }) {
  if (kinds.length === 0) return null;
  return (
    <Accordion title={EXPORTS.title} size="sm">
      <Flex direction="column" gap="sm">
        {kinds.map((kind) => (
          <Export key={kind} kind={kind} locale={locale} send={send} />
        ))}
      </Flex>
    </Accordion>
  );
}
