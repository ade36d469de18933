import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"packages/identity-web/test/security/access-token","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/packages/identity-web/test/security/access-token.md","filePath":"source/packages/identity-web/test/security/access-token.md"}',
)
const _sfc_main = { name: 'source/packages/identity-web/test/security/access-token.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="packagesidentity-webtestsecurityaccess-token" tabindex="-1">packages/identity-web/test/security/access-token <a class="header-anchor" href="#packagesidentity-webtestsecurityaccess-token" aria-label="Permalink to &quot;packages/identity-web/test/security/access-token&quot;">​</a></h1><p>The folder <code>packages/identity-web/test/security/access-token</code> of the repository contains:</p><ul><li><a href="/source/packages/identity-web/test/security/access-token/authorization-header.test.ts.txt">authorization-header.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/cached-token.test.ts.txt">cached-token.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/expired-token.test.ts.txt">expired-token.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/forged-signature.test.ts.txt">forged-signature.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/guarded-api.ts.txt">guarded-api.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/id-token-instead.test.ts.txt">id-token-instead.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/key-from-the-token.test.ts.txt">key-from-the-token.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/malformed-token.test.ts.txt">malformed-token.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/missing-permission.test.ts.txt">missing-permission.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/token-outside-the-header.test.ts.txt">token-outside-the-header.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/unreachable-provider.test.ts.txt">unreachable-provider.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/wrong-audience.test.ts.txt">wrong-audience.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/wrong-client.test.ts.txt">wrong-client.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/wrong-key.test.ts.txt">wrong-key.test.ts</a></li><li><a href="/source/packages/identity-web/test/security/access-token/wrong-tenant.test.ts.txt">wrong-tenant.test.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/packages/identity-web/test/security/access-token.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const accessToken = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, accessToken as default }
