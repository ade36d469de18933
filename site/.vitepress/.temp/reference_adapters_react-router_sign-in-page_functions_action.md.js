import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: action()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/sign-in-page/functions/action.md","filePath":"reference/adapters/react-router/sign-in-page/functions/action.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/sign-in-page/functions/action.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../../">API</a> / <a href="./../">identity-web/react-router/sign-in-page</a> / action</p><h1 id="function-action" tabindex="-1">Function: action() <a class="header-anchor" href="#function-action" aria-label="Permalink to &quot;Function: action()&quot;">​</a></h1><blockquote><p><strong>action</strong>(): <code>never</code></p></blockquote><p>Responds with 404.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>never</code></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>The response.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { action, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">default</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, loader } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web/react-router/sign-in-page&#39;</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/sign-in-page/functions/action.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const action = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, action as default }
