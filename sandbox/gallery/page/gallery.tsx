import { useEffect, useState } from 'react';
import { setQuery, useAddress } from '../../host/page/route.ts';
import { SURFACES, VIEWER_ROLES, type GalleryScene, type GallerySurface } from '../gallery-state.ts';
import { GalleryAlone, GalleryFramed } from './gallery-alone.tsx';
import { readScenes } from './gallery-api.ts';
import { GalleryCell } from './gallery-cell.tsx';

const SURFACE_NAMES: Readonly<Record<GallerySurface, string>> = {
  tab: 'Card in the tab',
  sidebar: 'Card in the sidebar',
  home: 'Home page',
  settings: 'Settings page',
};
/** About as wide as HubSpot makes each place on a large screen. */
const USUAL_WIDTHS_PX: Readonly<Record<GallerySurface, number>> = {
  tab: 640,
  sidebar: 320,
  home: 1080,
  settings: 900,
};
const WIDTHS = [
  { value: '360', label: 'Narrow (360)' },
  { value: '640', label: 'Card (640)' },
  { value: '1080', label: 'Wide (1080)' },
];

/** Every state of every surface side by side, or the one that the address names. */
export function Gallery() {
  const { searchParams } = useAddress();
  const [scenes, setScenes] = useState<GalleryScene[] | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    document.title = 'Gallery · local preview';
    readScenes().then(setScenes, (error: unknown) => setProblem(String(error)));
  }, []);
  if (problem !== '') return <Problem message={problem} />;
  if (scenes === null) return null;
  const wanted = searchParams.get('state');
  if (wanted === null || wanted === '') return <Wall scenes={scenes} query={searchParams} />;
  const scene = scenes.find(({ id }) => id === wanted);
  if (scene === undefined) return <Problem message={`There is no state “${wanted}” in the gallery.`} />;
  return searchParams.get('framed') === '1' ? (
    <GalleryFramed scene={scene} />
  ) : (
    <GalleryAlone scene={scene} />
  );
}

function Wall({ scenes, query }: { scenes: GalleryScene[]; query: URLSearchParams }) {
  const surface = query.get('surface') ?? '';
  const role = query.get('role') ?? '';
  const search = query.get('q') ?? '';
  const width = query.get('width') ?? '';
  const shown = scenes.filter(
    (scene) =>
      (surface === '' || scene.surface === surface) &&
      (role === '' || scene.role === role) &&
      `${scene.id} ${scene.title}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <main className="gallery">
      <header className="gallery-head">
        <h1>Every state of every surface</h1>
        <p className="ui-microcopy">
          Local preview, not HubSpot. The real extensions, fed with replies that the contract allows. Nothing
          is saved.
        </p>
        <form className="gallery-filters" onSubmit={(event) => event.preventDefault()}>
          <Choice
            label="Surface"
            name="surface"
            value={surface}
            options={SURFACES.map((value) => ({ value, label: SURFACE_NAMES[value] }))}
          />
          <Choice
            label="Seen by"
            name="role"
            value={role}
            options={VIEWER_ROLES.map((value) => ({ value, label: value }))}
          />
          <Choice label="Width" name="width" value={width} options={WIDTHS} all="As in HubSpot" />
          <label>
            State
            <input
              type="search"
              className="ui-input"
              value={search}
              onChange={(event) => setQuery('q', event.target.value)}
            />
          </label>
          <output>{`${shown.length} of ${scenes.length}`}</output>
        </form>
      </header>
      <div className="gallery-wall">
        {shown.map((scene) => (
          <GalleryCell
            key={scene.id}
            scene={scene}
            widthPx={width === '' ? USUAL_WIDTHS_PX[scene.surface] : Number(width)}
          />
        ))}
      </div>
    </main>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  value: string;
  options: readonly { value: string; label: string }[];
  all?: string;
}

function Choice({ label, name, value, options, all = 'All' }: ChoiceProps) {
  return (
    <label>
      {label}
      <select className="ui-input" value={value} onChange={(event) => setQuery(name, event.target.value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Problem({ message }: { message: string }) {
  return (
    <main className="page-main">
      <div className="ui-alert ui-alert-danger" role="alert">
        {message}
      </div>
    </main>
  );
}
