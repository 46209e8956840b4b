import { useEffect, useRef, useState } from 'react';
import { PageLinkTo } from '../../host/page/shell.tsx';
import type { GalleryScene } from '../gallery-state.ts';
import { isHeightMessage } from './gallery-message.ts';

/** A state begins to run when it is this near to the window, and ends when it is farther away. */
const NEAR = '600px';
const FIRST_HEIGHT_PX = 240;

interface Props {
  scene: GalleryScene;
  widthPx: number;
}

/** One state among the others, in a window of its own so that its width, its panels and its focus stay inside. */
export function GalleryCell({ scene, widthPx }: Props) {
  const cell = useRef<HTMLElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [isNear, setNear] = useState(false);
  const [heightPx, setHeightPx] = useState(FIRST_HEIGHT_PX);
  useEffect(() => {
    const element = cell.current;
    if (element === null) return;
    const watcher = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting === true), {
      rootMargin: NEAR,
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    const listen = ({ source, data }: MessageEvent) => {
      if (source === frame.current?.contentWindow && isHeightMessage(data)) setHeightPx(data.height);
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, []);
  const href = `/gallery?state=${scene.id}`;
  return (
    <section ref={cell} className="gallery-cell" style={{ width: widthPx }} aria-label={scene.title}>
      <h2 className="gallery-cell-title">
        <PageLinkTo href={href}>{scene.title}</PageLinkTo>
        <span className="ui-microcopy">{scene.role}</span>
      </h2>
      <div className="gallery-cell-frame" style={{ height: heightPx }}>
        {isNear && (
          <iframe
            ref={frame}
            src={`${href}&framed=1`}
            title={scene.title}
            width={widthPx}
            height={heightPx}
          />
        )}
      </div>
    </section>
  );
}
