import { hubspot, Text } from '@hubspot/ui-extensions';

hubspot.extend<'settings'>(() => <Text>Service check-in</Text>);
