"""A connection that brings what a kernel says to the page at once.

A kernel answers a key press in several small messages. Left to itself, TCP holds the second back
until the browser has confirmed the first, up to 40 ms later (Nagle's algorithm and delayed
acknowledgement, RFC 896 and RFC 1122).
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):  # type: ignore[misc]  # untyped
    """The connection from a kernel to a page, without that wait."""

    def connect(self) -> Any:
        self.websocket_handler.set_nodelay(True)
        return super().connect()
