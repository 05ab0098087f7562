// `npm run check -- links`: every link and anchor in the documents leads somewhere.

import validateLinks from 'remark-validate-links';

export default { plugins: [[validateLinks, { repository: false }]] };
