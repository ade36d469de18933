import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: memoryStore()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/functions/memoryStore.md","filePath":"reference/index/functions/memoryStore.md"}',
)
const _sfc_main = { name: 'reference/index/functions/memoryStore.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / memoryStore</p><h1 id="function-memorystore" tabindex="-1">Function: memoryStore() <a class="header-anchor" href="#function-memorystore" aria-label="Permalink to &quot;Function: memoryStore()&quot;">​</a></h1><blockquote><p><strong>memoryStore</strong>(): <code>Required</code>&lt;<a href="./../interfaces/SessionStore"><code>SessionStore</code></a>&gt;</p></blockquote><p>Creates a store in the memory of this process. Use it for development, for tests, and for an application that runs as one process and may sign all users out when it restarts.</p><p>The store deletes expired sessions when new ones arrive. Its size is not limited. It does not throw.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Required</code>&lt;<a href="./../interfaces/SessionStore"><code>SessionStore</code></a>&gt;</p><p>The store for the option <code>session.store</code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, { session: { secret, store: </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">memoryStore</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">() } })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/functions/memoryStore.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const memoryStore = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, memoryStore as default }
