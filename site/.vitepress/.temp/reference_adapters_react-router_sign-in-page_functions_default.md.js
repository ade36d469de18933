import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: default()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/sign-in-page/functions/default.md","filePath":"reference/adapters/react-router/sign-in-page/functions/default.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/sign-in-page/functions/default.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../../">API</a> / <a href="./../">identity-web/react-router/sign-in-page</a> / default</p><h1 id="function-default" tabindex="-1">Function: default() <a class="header-anchor" href="#function-default" aria-label="Permalink to &quot;Function: default()&quot;">​</a></h1><blockquote><p><strong>default</strong>(): <code>null</code></p></blockquote><p>Makes the route a page, so that the error boundary of the application shows the 404. It does not throw.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>null</code></p><p>An empty page.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { action, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">default</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, loader } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web/react-router/sign-in-page&#39;</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/sign-in-page/functions/default.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const _default = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, _default as default }
