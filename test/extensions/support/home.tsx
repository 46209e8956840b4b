import { createRenderer } from '@hubspot/ui-extensions/testing';
import { expect } from '@jest/globals';
import { HomePage } from '../../../extensions/app/pages/HomePage.tsx';
import { Stage } from './surface.tsx';

/** Opens the app's home page, and waits until it is no longer loading. */
export async function openHome() {
  const renderer = createRenderer('pages');
  renderer.mocks.context.user.locale = 'en-US';
  renderer.mocks.context.extension = { appId: 4_321 };
  renderer.render(
    <Stage>
      <HomePage />
    </Stage>,
  );
  await renderer.waitFor(() => {
    expect(renderer.getRootNode().toString()).not.toContain('Loading the check-in');
  });
  return renderer;
}
