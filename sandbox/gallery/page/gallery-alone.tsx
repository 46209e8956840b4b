import { useEffect, useRef } from 'react';
import { PageLinkTo } from '../../host/page/shell.tsx';
import type { GalleryScene } from '../gallery-state.ts';
import { GalleryStage } from './gallery-stage.tsx';
import { HEIGHT_MESSAGE, OVERLAY_HEIGHT_PX } from './gallery-message.ts';

/** One state alone, with the window as wide as somebody makes it. */
export function GalleryAlone({ scene }: { scene: GalleryScene }) {
  return (
    <main className="gallery-alone">
      <h1 className="gallery-alone-title">
        <PageLinkTo href="/gallery">Gallery</PageLinkTo> / {scene.title}
      </h1>
      <GalleryStage scene={scene} />
    </main>
  );
}

/** One state inside the gallery's page, which is told how high it is. */
export function GalleryFramed({ scene }: { scene: GalleryScene }) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const tell = () => {
      const isCovered = document.querySelector('dialog[open]') !== null;
      const height = Math.max(element.scrollHeight, isCovered ? OVERLAY_HEIGHT_PX : 0);
      window.parent.postMessage({ kind: HEIGHT_MESSAGE, id: scene.id, height }, window.location.origin);
    };
    const sizes = new ResizeObserver(tell);
    const changes = new MutationObserver(tell);
    sizes.observe(element);
    changes.observe(document.body, { childList: true });
    return () => {
      sizes.disconnect();
      changes.disconnect();
    };
  }, [scene.id]);
  return (
    <main ref={frame} className="gallery-framed">
      <GalleryStage scene={scene} />
    </main>
  );
}
