import { createRoot } from 'react-dom/client';
import { Gallery } from '../../gallery/page/gallery.tsx';
import { App } from './app.tsx';

const root = document.getElementById('page');
const isGallery = window.location.pathname === '/gallery';
if (root !== null) createRoot(root).render(isGallery ? <Gallery /> : <App />);
