// The packaged app begins here: what keeps it small comes before the code of the app, of which most is needed for the start alone.
import { keepYoungGenerationSmall } from './support/young-generation.js';

keepYoungGenerationSmall();
await import('./index.js');
