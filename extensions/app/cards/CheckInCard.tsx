import { hubspot, type CrmContext, type ExtensionPointApiActions } from '@hubspot/ui-extensions';
import { CompanyCard } from './generated/CompanyCard.tsx';
import { safeLocale } from './generated/dates.ts';
import type { Host } from './generated/host.ts';
import { SidebarCard } from './SidebarCard.tsx';

interface Props {
  context: CrmContext;
  actions: ExtensionPointApiActions<'crm.record.tab'>;
}

/** The card on a company record. Tab and sidebar are one entrypoint; the place decides what is shown. */
export function CheckInCard({ context, actions }: Props) {
  const companyId = String(context.crm.objectId);
  const host: Host = {
    locale: safeLocale(context.user.locale),
    canConnectApps: context.user.permissions.includes('integrations-management-write'),
    copy: (text) => void actions.copyTextToClipboard(text),
    closeOverlay: actions.closeOverlay,
  };
  return context.location === 'crm.record.sidebar' ? (
    <SidebarCard companyId={companyId} host={host} />
  ) : (
    <CompanyCard companyId={companyId} host={host} />
  );
}

hubspot.extend<'crm.record.tab'>(({ context, actions }) => (
  <CheckInCard context={context} actions={actions} />
));
