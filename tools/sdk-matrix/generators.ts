// The generators of `npm run sdk:matrix`: their commands and the OpenAPI versions that they read.
// clients/ pins their packages.

export interface Generator {
  /** Also the name of its adapter, and of its folder in clients/generated/. */
  readonly name: string;
  /** The package whose version the table shows. */
  readonly package: string;
  /** Tried in this order, until one version passes. */
  readonly reads: readonly Version[];
  /** A command in clients/node_modules/.bin, and its arguments. */
  readonly command: (spec: string, output: string) => readonly string[];
}

export type Version = '3.1' | '3.0';

const both = ['3.1', '3.0'] as const;
const older = ['3.0'] as const;

/** Selects the media types of the service's answers. By default, the generator reads JSON only. */
const mediaTypes =
  "['application/json', 'application/problem+json', 'text/plain'].includes(mediaType)";

export const generators: readonly Generator[] = [
  {
    name: 'openapi-typescript',
    package: 'openapi-typescript',
    reads: both,
    command: (spec, output) => ['openapi-typescript', spec, '--output', `${output}/schema.ts`],
  },
  {
    name: 'hey-api',
    package: '@hey-api/openapi-ts',
    reads: both,
    command: (spec, output) => [
      'openapi-ts',
      '--input',
      spec,
      '--output',
      output,
      '--client',
      '@hey-api/client-fetch',
    ],
  },
  {
    name: 'orval',
    package: 'orval',
    reads: both,
    command: (spec, output) => [
      'orval',
      '--input',
      spec,
      '--output',
      `${output}/client.ts`,
      '--client',
      'axios-functions',
    ],
  },
  {
    name: 'swagger-typescript-api',
    package: 'swagger-typescript-api',
    reads: both,
    command: (spec, output) => [
      'swagger-typescript-api',
      'generate',
      '--path',
      spec,
      '--output',
      output,
      '--name',
      'client.ts',
    ],
  },
  {
    name: 'openapi-typescript-codegen',
    package: 'openapi-typescript-codegen',
    reads: older,
    command: (spec, output) => ['openapi', '--input', spec, '--output', output],
  },
  {
    name: 'oazapfts',
    package: 'oazapfts',
    reads: both,
    command: (spec, output) => ['oazapfts', spec, `${output}/client.ts`],
  },
  {
    name: 'openapi-zod-client',
    package: 'openapi-zod-client',
    reads: older,
    command: (spec, output) => [
      'openapi-zod-client',
      spec,
      '--output',
      `${output}/client.ts`,
      '--media-type-expr',
      mediaTypes,
    ],
  },
  {
    name: 'kubb',
    package: '@kubb/cli',
    reads: both,
    command: () => ['kubb', 'generate', '--config', 'kubb.config.mjs'],
  },
];
