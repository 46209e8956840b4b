import { hubspot, Text } from '@hubspot/ui-extensions';

hubspot.extend<'crm.record.tab'>(() => <Text>Service check-in</Text>);
