import 'fake-indexeddb/auto'

// Dexie tells other tabs of each change, and there are none here.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
