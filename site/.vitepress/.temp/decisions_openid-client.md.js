import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"1. openid-client instead of MSAL Node","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/openid-client.md","filePath":"decisions/openid-client.md"}',
)
const _sfc_main = { name: 'decisions/openid-client.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="1-openid-client-instead-of-msal-node" tabindex="-1">1. openid-client instead of MSAL Node <a class="header-anchor" href="#1-openid-client-instead-of-msal-node" aria-label="Permalink to &quot;1. openid-client instead of MSAL Node&quot;">​</a></h1><h2 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h2><p>The library needs an OAuth 2.0 and OpenID Connect client. Microsoft publishes MSAL Node for applications that run on Node.js. <code><span class="word">openid-client</span></code> is a certified client for any OpenID Connect provider, by the author of <code>jose</code>.</p><p>We compared both for the work that a web application and an API do:</p><ul><li>MSAL Node reads and parses a token cache for every token request. The <a href="/benchmarks">benchmarks</a> measure 124 to 146 µs of CPU time for a cached token. Reading the token from the session takes a few microseconds.</li><li>MSAL Node does not validate the access tokens that an API receives. An API needs a second library for that.</li><li>MSAL Node requires Node.js. It does not run on Cloudflare Workers.</li><li>MSAL Node works with Microsoft&#39;s identity platform and with few other providers.</li></ul><h2 id="decision" tabindex="-1">Decision <a class="header-anchor" href="#decision" aria-label="Permalink to &quot;Decision&quot;">​</a></h2><p><code><span class="word">openid-client</span></code> 6 sends the requests to the provider, and <code>jose</code> 6 validates signatures and tokens. They are the only run-time dependencies. The rules that are specific to Microsoft are in this repository: issuers and clouds in <code>authority/</code>, error codes in <code>client/hints/</code>, differences between providers in <code><span class="word">client/provider-traits.ts</span></code>.</p><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><ul><li>The library makes the URLs of sign-in and sign-out itself, because a browser opens them. A new process then does not load <code><span class="word">openid-client</span></code> for its first redirect. A test compares the URL with the one that <code><span class="word">openid-client</span></code> makes.</li><li>The same code works with every OpenID Connect provider, on Node.js, Bun, Deno and Workers.</li><li>Features that MSAL offers to web applications and APIs must be written and tested here. Examples are managed identity, certificates, claims challenges and on-behalf-of.</li><li>MSAL Node is a development dependency. In the tests, it signs in at the development provider. So an independent client checks the provider.</li><li>A new feature of Microsoft&#39;s platform reaches users only when we implement it.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/openid-client.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const openidClient = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, openidClient as default }
