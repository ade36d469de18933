const SIGHTINGS = 4096

/**
 * Tells whether a text came before, by a number for each: a token that comes once would only fill the memory and push
 * out those that come with every request. Sometimes wrong, either way, at no harm.
 */
export function createSightings(): (text: string) => boolean {
  const numbers = new Int32Array(SIGHTINGS)
  return (text) => {
    let number = 0
    // The end of the signature is as good as random.
    for (let index = text.length - 8; index < text.length; index++) {
      number = (Math.imul(number, 31) + text.charCodeAt(index)) | 0
    }
    const slot = number & (SIGHTINGS - 1)
    const isKnown = numbers[slot] === number
    numbers[slot] = number
    return isKnown
  }
}
