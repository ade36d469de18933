import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ChallengeMode","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/ChallengeMode.md","filePath":"reference/adapters/express/type-aliases/ChallengeMode.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/ChallengeMode.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ChallengeMode</p><h1 id="type-alias-challengemode" tabindex="-1">Type Alias: ChallengeMode <a class="header-anchor" href="#type-alias-challengemode" aria-label="Permalink to &quot;Type Alias: ChallengeMode&quot;">​</a></h1><blockquote><p><strong>ChallengeMode</strong> = <code>&quot;auto&quot;</code> | <code>&quot;redirect&quot;</code> | <code>&quot;unauthorized&quot;</code></p></blockquote><p>The response if the user must sign in or consent.</p><p><code>&#39;redirect&#39;</code> sends the browser to the provider, and <code>&#39;unauthorized&#39;</code> returns 401 with JSON. <code>&#39;auto&#39;</code> redirects page navigations and returns the JSON to scripts.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/ChallengeMode.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ChallengeMode = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ChallengeMode as default }
