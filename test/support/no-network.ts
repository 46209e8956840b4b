import nock from 'nock';

/** No test reaches the network: only this machine's loopback answers. */
nock.disableNetConnect();
nock.enableNetConnect(/^(127\.0\.0\.1|localhost)(:\d+)?$/);
