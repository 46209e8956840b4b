import { useEffect, useMemo, useRef, useState } from 'react';
import { createWorkerHost, type PageServices } from '../../host/page/extension-host.ts';
import { ExtensionFrame } from '../../host/page/extension-frame.tsx';
import { ToastStack, useToasts } from '../../host/page/toasts.tsx';
import type { GalleryScene } from '../gallery-state.ts';
import { callState } from './gallery-api.ts';
import { BUNDLES, contextFor, GALLERY_NOW } from './people.ts';
import { pressAll } from './press.ts';

const INDEX = { path: '/', params: {} };
const NOWHERE = () => undefined;

/** One state: the real bundle in its worker, fed with the state's replies, and its buttons pressed. */
export function GalleryStage({ scene }: { scene: GalleryScene }) {
  const stage = useRef<HTMLDivElement>(null);
  const [progress, setProgress] = useState('working');
  const [restarts, setRestarts] = useState(0);
  const { toasts, add, remove } = useToasts();
  const context = useMemo(() => contextFor(scene), [scene, restarts]);
  const clockOffsetMs = useMemo(() => Date.parse(GALLERY_NOW) - Date.now(), [restarts]);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    pressAll(element, scene.press).then(
      () => setProgress('ready'),
      (error: unknown) => setProgress(String(error)),
    );
  }, [scene, restarts]);
  const services: PageServices = {
    addAlert: add,
    callBackend: (request) => callState(scene.id, request),
    record: () => null,
    refreshRecord: NOWHERE,
    refreshProperties: NOWHERE,
    onRecordChange: () => NOWHERE,
    navigate: NOWHERE,
    openIframe: NOWHERE,
    reload: () => setRestarts((count) => count + 1),
  };
  return (
    <div ref={stage} className={`gallery-stage gallery-${scene.surface}`} data-gallery={progress}>
      <ExtensionFrame
        bundle={BUNDLES[scene.surface]}
        context={context}
        clockOffsetMs={clockOffsetMs}
        pageLocation={INDEX}
        createHost={(overlays, fail) => createWorkerHost(services, overlays, fail)}
        onNavigate={NOWHERE}
      />
      <ToastStack toasts={toasts} remove={remove} />
    </div>
  );
}
