import { writeFileSync } from 'node:fs';
import nock from 'nock';
import { schemasForCommandLine } from './meta-schemas.ts';

/**
 * Preloaded into HubSpot's command line (`--import`): answers what it asks of api.hubapi.com with our strict schemas,
 * keeps the upload it sends, and lets nothing else out to the network. Answers seen with @hubspot/cli 8.14.0.
 */
nock.disableNetConnect();

const hubapi = nock('https://api.hubapi.com').persist();
const succeeded = {
  status: 'SUCCESS',
  buildId: 1,
  platformVersion: '2026.03',
  isAutoDeployEnabled: false,
  subbuildStatuses: [],
  subdeployStatuses: [],
  topLevelComponentsWithChildren: {},
  logs: [],
};

hubapi.get(/project-schemas\/v3\//).reply(200, schemasForCommandLine());
hubapi.get(/projects\/v1\/by-name\//).reply(200, { id: 1, name: 'service-check-in', portalId: 1 });
hubapi.get(/firealarm/).reply(200, []);
hubapi.post(/upload\/new-api/).reply(async (request: Request) => {
  const archive = (await request.formData()).get('projectFilesZip');
  const target = process.env['HUBSPOT_CHECK_UPLOAD'];
  if (target !== undefined && archive instanceof File) {
    writeFileSync(target, Buffer.from(await archive.arrayBuffer()));
  }
  return [200, { createdBuildId: 1 }];
});
hubapi.get(/.*/).reply(200, succeeded);
hubapi.post(/.*/).reply(200, {});
