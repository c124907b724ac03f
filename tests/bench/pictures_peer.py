#!/usr/bin/env python3
"""The networks of the recipes fashion-cnn and mnist-vit as a user would write them in PyTorch: grey pictures of 28 x 28, ten
classes, AdamW. Prints one JSON line: median milliseconds a step and pictures a second over the counted steps.

  python3 pictures_peer.py cnn|vit [--batch 64] [--steps 200] [--threads N] [--precision fp32|bf16]
"""
import argparse
import json
import statistics
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10)).to(memory_format=torch.channels_last)


class Vit(nn.Module):
    """Patches of 4 x 4, width 64, 6 blocks of 4 heads, feed-forward of twice the width, mean of the patches."""

    def __init__(self, patch=4, width=64, layers=6, heads=4):
        super().__init__()
        self.patches = nn.Conv2d(1, width, patch, patch)
        self.positions = nn.Parameter(torch.randn(1, (28 // patch) ** 2, width) * 0.02)
        self.blocks = nn.ModuleList([
            nn.TransformerEncoderLayer(width, heads, 2 * width, dropout=0.0, activation="gelu", batch_first=True,
                                       norm_first=True) for _ in range(layers)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 10)

    def forward(self, x):
        h = self.patches(x).flatten(2).transpose(1, 2) + self.positions
        for block in self.blocks:
            h = block(h)
        return self.head(self.norm(h).mean(1))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("network", choices=("cnn", "vit"))
    arguments.add_argument("--batch", type=int, default=64)
    arguments.add_argument("--steps", type=int, default=200)
    arguments.add_argument("--threads", type=int, default=0)
    arguments.add_argument("--precision", choices=("fp32", "bf16"), default="fp32")
    a = arguments.parse_args()
    if a.threads:
        torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    net = cnn() if a.network == "cnn" else Vit()
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
    pictures = torch.randint(0, 256, (4096, 1, 28, 28), dtype=torch.uint8)
    labels = torch.randint(0, 10, (4096,))
    seconds = []
    for step in range(a.steps + 20):
        begun = time.perf_counter()
        rows = torch.randint(0, 4096, (a.batch,))
        x, y = pictures[rows].float().div_(255).sub_(0.2860).div_(0.3530), labels[rows]
        if a.network == "cnn":
            x = x.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=a.precision == "bf16"):
            loss = F.cross_entropy(net(x).float(), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        loss.item()
        if step >= 20:
            seconds.append(time.perf_counter() - begun)
    middle = statistics.median(seconds)
    print(json.dumps({"network": a.network, "parameters": sum(p.numel() for p in net.parameters()),
                      "milliseconds_per_step": round(1000 * middle, 3), "pictures_per_second": round(a.batch / middle, 1)}))


if __name__ == "__main__":
    main()
