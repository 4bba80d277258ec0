import { build } from 'esbuild';

const out = process.argv[2] ?? '../../wwwroot/dist';

await build({
  entryPoints: { graph: 'src/index.ts', yaml: 'src/yaml/editor.ts', fonts: 'src/fonts.css' },
  outdir: out,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  loader: { '.woff2': 'file' },
  // Stable names: the build's incremental check lists its outputs, and static assets carry a fingerprint anyway.
  assetNames: '[name]',
  logLevel: 'warning',
});
