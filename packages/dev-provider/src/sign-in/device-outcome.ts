import type { SignedIn } from './authorization-response.js'
import type { ProviderResponse } from '../protocol/http.js'
import { deviceDonePage } from './pages/device-page.js'
import { noClaims } from '../protocol/requested-claims.js'
import type { DeviceRecord } from '../state/records.js'

/** Records that the user approved the sign-in of a device. */
export function completeDevice(device: DeviceRecord, signedIn: SignedIn): ProviderResponse {
  if (device.state === 'pending') {
    device.state = {
      ...signedIn,
      claims: noClaims,
      isPublic: device.app.publicClientFlows === true,
    }
  }
  return deviceDonePage(device.app.name, true)
}

/** Records that the user declined the sign-in of a device. */
export function declineDevice(device: DeviceRecord): ProviderResponse {
  if (device.state === 'pending') device.state = 'declined'
  return deviceDonePage(device.app.name, false)
}
