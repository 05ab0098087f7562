// Starts Redoc. It uses the reader's system fonts, because its usual fonts come from another host.

const sans = 'system-ui, sans-serif';
const options = {
  hideDownloadButton: true, // the navigation above links to the document itself
  nativeScrollbars: true,
  theme: {
    spacing: { sectionVertical: 20 },
    typography: {
      fontFamily: sans,
      headings: { fontFamily: sans },
      code: { fontFamily: 'ui-monospace, monospace' },
    },
  },
};

Redoc.init('/openapi.json', options, document.getElementById('docs'));
