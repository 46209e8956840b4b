/** Installs the app in a portal the way a person does, in three hops of a browser. */

type Hop = { readonly status: number; readonly location: string; readonly cookie: string };

/**
 * Walks through OAuth: our install page, HubSpot's consent (approved for `userId`), our callback.
 * @throws Error that says which hop failed
 */
export async function installApp(options: {
  readonly backendUrl: string;
  readonly portalId: number;
  readonly userId: number;
}): Promise<void> {
  const begun = await hop(`${options.backendUrl}/oauth/install`, '');
  expect(begun, 302, 'the install page');
  const consent = new URL(begun.location);
  consent.searchParams.set('portalId', String(options.portalId));
  consent.searchParams.set('userId', String(options.userId));
  consent.searchParams.set('approve', '1');
  const granted = await hop(consent.href, '');
  expect(granted, 302, 'the consent page');
  const back = new URL(granted.location);
  const finished = await hop(`${options.backendUrl}${back.pathname}${back.search}`, begun.cookie);
  expect(finished, 200, 'the return to the app');
}

async function hop(url: string, cookie: string): Promise<Hop> {
  const response = await fetch(url, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
  await response.arrayBuffer();
  const [setCookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  return { status: response.status, location: response.headers.get('location') ?? '', cookie: setCookie };
}

function expect({ status }: Hop, wanted: number, what: string): void {
  if (status !== wanted)
    throw new Error(`Installing failed at ${what}: HTTP ${status} instead of ${wanted}.`);
}
