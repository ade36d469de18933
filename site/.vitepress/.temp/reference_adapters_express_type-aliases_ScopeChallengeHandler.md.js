import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ScopeChallengeHandler","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/ScopeChallengeHandler.md","filePath":"reference/adapters/express/type-aliases/ScopeChallengeHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/ScopeChallengeHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ScopeChallengeHandler</p><h1 id="type-alias-scopechallengehandler" tabindex="-1">Type Alias: ScopeChallengeHandler <a class="header-anchor" href="#type-alias-scopechallengehandler" aria-label="Permalink to &quot;Type Alias: ScopeChallengeHandler&quot;">​</a></h1><blockquote><p><strong>ScopeChallengeHandler</strong> = (<code>request</code>) =&gt; <code>Promise</code>&lt;<a href="./../interfaces/ScopeChallenge"><code>ScopeChallenge</code></a> | <code>undefined</code>&gt;</p></blockquote><p>A function for <code>scopeChallenge</code> of a tool, a resource or a prompt of the official SDK. The SDK calls it before the tool runs.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><h4 id="authinfo" tabindex="-1">authInfo? <a class="header-anchor" href="#authinfo" aria-label="Permalink to &quot;authInfo?&quot;">​</a></h4><p><code>object</code></p><p>The caller, which the guard has passed to the SDK.</p><p><strong>Default Value</strong></p><p><code>undefined</code> without a guard</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<a href="./../interfaces/ScopeChallenge"><code>ScopeChallenge</code></a> | <code>undefined</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/ScopeChallengeHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ScopeChallengeHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, ScopeChallengeHandler as default }
