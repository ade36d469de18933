import { adapterContract } from './contract.ts'
import { startOn } from './nestjs/contract-host.ts'
import { PLATFORMS } from './nestjs/host.ts'

for (const platform of Object.keys(PLATFORMS)) {
  adapterContract(`NestJS on ${platform}`, startOn(platform), {
    deferred: 'The module mounts its routes when Nest starts.',
    standalone: 'Guards get Auth by injection, wherever their controller is.',
  })
}
