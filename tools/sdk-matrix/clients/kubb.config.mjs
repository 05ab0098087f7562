// Configures kubb to generate types and a client. `npm run sdk:matrix` sets SPEC and OUTPUT.

import { defineConfig } from '@kubb/core';
import { pluginClient } from '@kubb/plugin-client';
import { pluginOas } from '@kubb/plugin-oas';
import { pluginTs } from '@kubb/plugin-ts';

export default defineConfig({
  input: { path: process.env.SPEC },
  output: { path: process.env.OUTPUT, clean: true, format: false },
  plugins: [
    pluginOas({ generators: [] }),
    pluginTs(),
    pluginClient({ client: 'axios', dataReturnType: 'full' }),
  ],
});
