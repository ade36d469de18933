// Removes the types with esbuild. ts-jest with `useESM: true` and @swc/jest work as well.
import { transformSync } from 'esbuild'

// oxlint-disable-next-line import/no-default-export -- Jest reads the default export.
export default {
  process: (/** @type {string} */ source, /** @type {string} */ path) =>
    transformSync(source, { loader: 'ts', format: 'esm', target: 'node20', sourcefile: path }),
}
