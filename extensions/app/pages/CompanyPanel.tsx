import { Button, Panel, PanelBody } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { CompanyCard } from './generated/CompanyCard.tsx';
import type { Host } from './generated/host.ts';

interface Props {
  companyId: string;
  companyName: string;
  label: string;
  primary?: boolean;
  host: Host;
  /** From now on the row that holds this must stay. */
  onOpened: () => void;
  onClosed: () => void;
}

/** A button that opens one company's card in a panel. The card is read when it is first opened, not before. */
export function CompanyPanel({
  companyId,
  companyName,
  label,
  primary = false,
  host,
  onOpened,
  onClosed,
}: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Button
      variant={primary ? 'primary' : 'secondary'}
      size={primary ? 'md' : 'xs'}
      onClick={() => {
        setOpened(true);
        onOpened();
      }}
      overlay={
        <Panel id={`company-${companyId}`} title={companyName} width="md" onClose={onClosed}>
          <PanelBody>{opened ? <CompanyCard companyId={companyId} host={host} /> : null}</PanelBody>
        </Panel>
      }
    >
      {label}
    </Button>
  );
}
