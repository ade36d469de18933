// A software bill of materials for each package: the packages that npm installs with it, in the format CycloneDX.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const OPTIONS = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']

/**
 * Writes the bill of materials beside the tarball. Peer dependencies belong to the application, so they are not in it.
 *
 * @param one - A staged package.
 * @param all - All staged packages, because one may depend on another that npm does not have yet.
 * @returns The path of the file, and the number of packages in it.
 */
export function writeBill(one, all) {
  const project = mkdtempSync(join(tmpdir(), 'identity-web-bill-'))
  try {
    const { peerDependencies: _peers, peerDependenciesMeta: _meta, ...manifest } = one.manifest
    const tarballs = Object.fromEntries(all.map(({ name, tarball }) => [name, `file:${tarball}`]))
    const dependencies = Object.fromEntries(
      Object.entries(manifest.dependencies ?? {}).map(([name, range]) => [
        name,
        tarballs[name] ?? range,
      ]),
    )
    const text = JSON.stringify({ ...manifest, dependencies })
    writeFileSync(join(project, 'package.json'), text)
    const options = { cwd: project, encoding: 'utf8', maxBuffer: 64e6 }
    // The peers of another package of ours belong to the application, too.
    const lock = [
      'install',
      '--package-lock-only',
      '--prefer-offline',
      '--omit=peer',
      '--legacy-peer-deps',
    ]
    execFileSync('npm', [...lock, ...OPTIONS], options)
    const sbom = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=library']
    const bill = JSON.parse(execFileSync('npm', sbom, options))
    const file = one.tarball.replace(/\.tgz$/, '.cdx.json')
    // Without what changes with each run, the same package has the same bill.
    delete bill.serialNumber
    delete bill.metadata.timestamp
    // npm takes the name of the folder.
    bill.metadata.component.name = one.name
    writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
    return { file, count: bill.components.length }
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}
