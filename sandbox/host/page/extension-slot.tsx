import { useCallback, useMemo, useState } from 'react';
import type { PageProps } from './page-props.ts';
import { callBackend } from './control-api.ts';
import { ExtensionFrame } from './extension-frame.tsx';
import { createWorkerHost, type PageServices } from './extension-host.ts';
import { IframeModal, type OpenFrame } from './iframe-modal.tsx';
import { go, pathFor } from './route.ts';
import type { RecordState } from './use-record.ts';
import { contextOf } from './viewers.ts';

interface Props extends PageProps {
  bundle: string;
  location: 'crm.record.tab' | 'crm.record.sidebar' | 'pages' | 'settings';
  /** Given on a record page. */
  companyId?: string;
  recordState?: RecordState;
  path?: string;
}

const COMPANY_TYPE_ID = '0-2';
const neverChanges = () => () => undefined;

/** An extension at one of HubSpot's places, for one viewer; another viewer or a moved clock starts it anew. */
export function ExtensionSlot(props: Props) {
  const {
    portal,
    viewer,
    bundle,
    location,
    companyId,
    recordState,
    path = '/',
    visit,
    clockOffsetMs,
    addAlert,
  } = props;
  const [restarts, setRestarts] = useState(0);
  const [frame, setFrame] = useState<OpenFrame | null>(null);
  const navigate = useCallback(
    (to: string, params: Record<string, string>) =>
      go(pathFor(`/home/${portal.portalId}${pagePath(to, params)}`, viewer.userId)),
    [portal.portalId, viewer.userId],
  );
  const context = useMemo(
    () => ({
      ...contextOf(portal, viewer),
      location,
      ...(companyId === undefined
        ? {}
        : { crm: { objectId: Number(companyId), objectTypeId: COMPANY_TYPE_ID } }),
    }),
    // A new visit or a restart needs a new context object, which starts the extension anew.
    [portal.portalId, viewer.userId, location, companyId, visit, restarts],
  );
  const services: PageServices = {
    addAlert,
    callBackend: (request) => callBackend(portal.portalId, viewer, request),
    record: recordState?.current ?? (() => null),
    refreshRecord: recordState?.refresh ?? (() => undefined),
    refreshProperties: recordState?.refreshAndTell ?? (() => undefined),
    onRecordChange: recordState?.onChange ?? neverChanges,
    navigate,
    openIframe: (opened, onClose) => setFrame({ ...opened, onClose }),
    reload: () => setRestarts((count) => count + 1),
  };
  return (
    <>
      <ExtensionFrame
        bundle={bundle}
        context={context}
        clockOffsetMs={clockOffsetMs}
        pageLocation={{ path, params: {} }}
        createHost={(overlays, fail) => createWorkerHost(services, overlays, fail)}
        onNavigate={navigate}
      />
      {frame !== null && <IframeModal frame={frame} close={() => setFrame(null)} />}
    </>
  );
}

/** A page's path with its `:name` parts filled in; parameters that are no part of it are left out. */
function pagePath(to: string, params: Record<string, string>): string {
  return to.replace(/:(\w+)/g, (whole, name: string) => encodeURIComponent(params[name] ?? whole));
}
