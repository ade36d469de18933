// Removes the types with esbuild. ts-jest with `useESM: true` and @swc/jest work as well.
import { transformSync } from 'esbuild'

export default {
  process: (source, path) =>
    transformSync(source, { loader: 'ts', format: 'esm', target: 'node20', sourcefile: path }),
}
