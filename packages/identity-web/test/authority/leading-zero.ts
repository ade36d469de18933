import type { ProviderKey } from '../../src/authority/keys.ts'

// Tokens whose RSA signature begins with a zero byte. One of 256 signatures does. The number is the same without that byte.

/** The key of the tokens. */
export const LEADING_ZERO_KEY: ProviderKey = {
  kty: 'RSA',
  n: '1U1wPpRsT694uguaJ5vO1zcOgRdGGP2NrjEA1CbZykGadecq2APsMDYrZbuh9i13fucyJlR51zBstGH7-ZjYzdh2-BfrPg3ecds0Y9qIjD7ui87C0mxSWtzBfZHEGljpff1J_pAQAtCr4LCXo0SdBw74gTnkq_UU-6ZUdbumd7ur5ZzflxN3Iep08ZLQFQVodch9xQnedKZHTjgtE0EhiMeIz2E8TnQaq2mQUuneNXAXM690KNj0xV9YDisCt6936bnFqDEf78XtZtSUdBTK4uH-qtkmkpnHG_cMNWxsddp4oqjixFlqhvaef5Sszp6nF4aTI8nOFla21DC0a_THFw',
  e: 'AQAB',
}

/** A token for each padding. */
export const LEADING_ZERO_TOKENS: Readonly<Record<'RS256' | 'PS256', string>> = {
  RS256:
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGV4IiwibiI6MjM2fQ.ABxmmRVajTYVBU3W4Bo-nSCV_otKoqUodfRUveUMgNn9mbNf5gHGNATr0pibNZaY_HyrnxFg15lX1KV5fCSltU-W7hB2bg9b6p7Jae7wJgNpjYgp72QYtXMEwk2GQuYVEAHvu_7TvHtSDtJn1y4aXSkI4DOJYJqD9NA4HJIzkthScrAiU9d4Xq-aTCaSxRWQ1sHlKvZUYZLDO9FT9abQUVZMnhlHDozFilmHiHr7v1rXh2PGfditRph5xbRp8KTc38lHVTUQgNuE3snVNDWrhrPw_cfOMTc3Ylsg3YBKJkc59Y9PzzljCZeRwwO32J1kFqP2dOknSR0Cf6TPhnqRgg',
  PS256:
    'eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJhbGV4IiwibiI6OTh9.ADoWzbqfl4E-gBSnbUDcNejdy_Lb4tz_AmJX7jnyVoMumUf3tPPYTQ4nVL9ZjaUnXQp-LBggTDvrAgaVzsZt9_Qqk3nzrd8iqPuvOIMoHdsudU_ddT8BBEm5SlOGAej6Crdpk11YtdOV3NYIBow23lfZs0kQ_6Mwxv88-3yYm802x39SrmYJcODQxJHG8BFQGTJ6bqFoLrLULCZ2af9ZWsvQFLgKbgV8wg9dbkIR9tjfiG5o8JTMAhGY9Zvx8Fyyw0cfgQzdZdAJ0KSKocUd5hh_tuNTbnp6b6CO3pYqsejeLjZl44feV66PWmb6PuJ4d9FLzK9wRp210-6sw8EW0g',
}
