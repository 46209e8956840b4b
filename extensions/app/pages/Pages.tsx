import { hubspot, Text } from '@hubspot/ui-extensions';
import { createPageRouter, PageRoutes } from '@hubspot/ui-extensions/pages';

const Home = () => <Text>Service check-in</Text>;
const Router = createPageRouter(
  <PageRoutes>
    <PageRoutes.IndexRoute component={Home} />
  </PageRoutes>,
);

hubspot.extend<'pages'>(() => <Router />);
